import { skillLines } from './skill-lines.ts';

export const SOFTWARE = [
  ...skillLines(
    'Programming languages',
    `
    JavaScript = js; java script; ecmascript; es6; es2015; vanilla js
    TypeScript = type script
    Python = python 2; python 3; cpython
    Java = java se; java ee; j2ee; jakarta ee; core java; j2se; java programming
    C# = c sharp; csharp
    C++ = cpp; c plus plus
    C = ansi c; c language; c programming; embedded c; c programming language
    Go = golang; go lang; go programming
    Rust = rust lang; rustlang
    Ruby = ruby language
    PHP = php 5; php 7; php 8
    Swift = swift language
    Kotlin
    Scala
    Perl
    R = r language; r programming; r statistics; r studio; rstudio; r shiny; tidyverse; ggplot2; dplyr
    MATLAB = matlab
    Objective-C = objective c; objectivec; obj c
    Visual Basic = vb6; vb 6; visual basic 6
    VB.NET = vb net; vbnet; visual basic .net
    VBA = visual basic for applications; excel vba; excel macros
    F# = f sharp; fsharp
    Haskell
    Erlang
    Elixir
    Clojure
    Groovy
    Dart
    Lua
    Julia
    COBOL
    Fortran
    Pascal = turbo pascal; object pascal
    Delphi
    Assembly = assembler; assembly language; x86 assembly; arm assembly
    Bash = bash scripting; bash shell
    Shell scripting = shell script; shell scripts; unix shell; shell programming
    PowerShell = power shell
    ABAP = sap abap; abap oo
    Apex = salesforce apex
    Solidity
    Zig
    OCaml
    Prolog
    Lisp = common lisp
    Scheme
    Ada
    VHDL
    Verilog = system verilog; systemverilog
    WebAssembly = wasm
    CoffeeScript
    ActionScript
    Crystal
    Nim
    Racket
    Tcl
    `,
  ),
  ...skillLines(
    'Web and frontend',
    `
    HTML = html5; html 5; xhtml; dhtml
    CSS = css3; css 3; cascading style sheets
    React = react.js; reactjs; react js; react hooks
    Redux = redux toolkit; react redux; redux saga
    Angular = angular.js; angularjs; angular js; angular 2; angular cli
    Vue.js = vue; vuejs; vue js; vuex; vue 2; vue 3; pinia
    Next.js = nextjs; next js
    Nuxt = nuxt.js; nuxtjs; nuxt js
    Svelte = sveltekit; svelte kit
    Ember.js = emberjs; ember js
    Backbone.js = backbonejs; backbone js
    Lit = lit element; litelement; lit html
    Web Components = webcomponents; custom elements; shadow dom
    jQuery = j query; jquery ui
    Bootstrap = bootstrap css; twitter bootstrap
    Tailwind CSS = tailwind; tailwindcss
    Material UI = mui; material ui; material design
    Sass = scss
    Less = less css; lesscss
    Styled Components = css in js; emotion css
    Webpack
    Vite = vite.js; vitejs
    Rollup = rollup.js
    Babel = babel.js
    Gulp = gulp.js
    Grunt = grunt.js
    npm = npm scripts
    Yarn = yarn package manager
    Three.js = threejs; three js
    D3.js = d3js; d3 js; d3
    WebGL
    Gatsby = gatsby.js; gatsbyjs
    Storybook
    RxJS = rx js; rx.js
    Ajax
    Responsive design = responsive web design; mobile first
    Web accessibility = wcag; a11y; aria; wai aria; barrierefreiheit
    Progressive Web Apps = pwa; progressive web app
    WordPress = word press; woocommerce; elementor
    Drupal
    Joomla
    TYPO3 = typo 3
    Magento = adobe commerce
    Shopify = shopify liquid
    PrestaShop
    Contentful
    Strapi
    Webflow
    Adobe Experience Manager = aem
    Frontend development = front end development; frontend; front end; frontend entwicklung; web frontend
    Web development = webentwicklung; web developer; web programming; développement web; desarrollo web
    `,
  ),
  ...skillLines(
    'Backend and frameworks',
    `
    Node.js = node; nodejs; node js
    Express = express.js; expressjs; express js
    NestJS = nest.js; nestjs; nest js
    Fastify
    Koa = koa.js; koajs
    Deno
    Django = django rest framework; drf; django orm
    Flask = flask restful
    FastAPI = fast api
    SQLAlchemy = sql alchemy
    Celery = celery workers
    Spring = spring framework; spring mvc; spring core; spring security; spring data; spring cloud; spring webflux
    Spring Boot = springboot; spring boot 2; spring boot 3
    Hibernate = hibernate orm
    JPA = java persistence api
    Quarkus
    Micronaut
    Struts = apache struts
    JSF = java server faces; primefaces
    JSP = java server pages; servlets
    Maven = apache maven
    Gradle
    Vaadin
    Grails
    Akka
    Play Framework = play 2
    .NET = dotnet; dot net; .net framework; net framework; .net 6; .net 7; .net 8
    .NET Core = dotnet core; dot net core; asp.net core; aspnet core
    ASP.NET = asp net; aspnet; asp.net mvc; asp.net web api; asp net mvc; webforms
    Entity Framework = ef core; entity framework core
    Blazor
    LINQ
    WPF = windows presentation foundation
    WCF = windows communication foundation
    WinForms = windows forms; win forms
    Xamarin
    .NET MAUI = maui
    Ruby on Rails = rails; ror; ruby rails
    Sinatra
    Laravel
    Symfony
    CodeIgniter = code igniter
    CakePHP = cake php
    Yii = yii2
    Zend Framework = laminas; zend
    Phoenix Framework = phoenix liveview
    GraphQL = graph ql; apollo graphql; apollo client; apollo server
    REST APIs = rest; restful; rest api; restful api; restful apis; rest services; restful services; restful web services; rest schnittstellen; api rest; apis rest
    SOAP = soap web services; soap api; soap services
    gRPC = grpc
    Protocol Buffers = protobuf
    WebSockets = websocket; web sockets; socket.io; signalr
    OpenAPI = swagger; open api specification
    API design = api development; api integration; schnittstellenentwicklung; api gateway
    OAuth = oauth2; oauth 2.0; openid connect; oidc
    JWT = json web tokens; json web token
    RabbitMQ = rabbit mq
    ActiveMQ = active mq
    ZeroMQ
    Apache Camel
    MuleSoft = mule esb; anypoint
    Nginx
    Apache HTTP Server = apache web server; apache httpd; apache2
    Tomcat = apache tomcat
    JBoss = wildfly
    WebLogic = oracle weblogic
    WebSphere = ibm websphere
    IIS = internet information services
    Backend development = back end development; backend; back end; server side development; backend entwicklung
    Full-stack development = full stack; fullstack; full stack development
    JSON
    XML = xslt; xsd
    YAML
    Regular expressions = regex
    CMake = c make
    Boost = boost c++; boost libraries
    Multithreading = multi threading; concurrency; concurrent programming
    Prisma ORM = prisma
    Sequelize
    TypeORM
    `,
  ),
  ...skillLines(
    'Mobile',
    `
    Android development = android; android sdk; android studio; android entwicklung
    iOS development = ios; ios sdk; ios entwicklung
    React Native = react native expo
    Flutter
    SwiftUI = swift ui
    UIKit
    Xcode
    Jetpack Compose
    Ionic = ionic framework
    Cordova = apache cordova; phonegap
    Capacitor
    Core Data
    Mobile development = mobile app development; mobile apps; app entwicklung; mobile applications
    App Store deployment = app store connect; google play console
    `,
  ),
  ...skillLines(
    'Games and graphics',
    `
    Unity = unity3d; unity 3d; unity engine
    Unreal Engine = unreal; ue4; ue5
    Godot
    OpenGL
    Vulkan API = vulkan
    DirectX
    CUDA
    Game development = game design; game programming
    Augmented reality = arkit; arcore; augmented reality ar
    Virtual reality = vr development; oculus sdk
    `,
  ),
  ...skillLines(
    'Embedded and systems programming',
    `
    Embedded systems = embedded software; embedded linux; eingebettete systeme
    Microcontrollers = stm32; avr; pic microcontroller; esp32; mikrocontroller
    Arduino
    Raspberry Pi
    RTOS = freertos; real time operating system; vxworks; zephyr rtos
    CAN bus = can bus; canopen; canoe
    FPGA
    Firmware development = firmware
    AUTOSAR
    ROS = robot operating system; ros2
    Qt = qt framework; qml
    Device drivers = linux kernel; kernel development
    IoT = internet of things; mqtt
    Digital signal processing = dsp; signal processing
    `,
  ),
];
